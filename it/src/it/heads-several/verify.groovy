import dev.migrate.it.Sample

def sample = new Sample(basedir)
sample.build(1).says("20260102000000  Ann", "20260103000000  Ben").saysNothingOf("20260101000000  one")
sample.build(2).says("SEVERAL_HEADS", "20260102000000", "20260103000000", "mvn migrate:merge")
assert sample.database().tables() == []
