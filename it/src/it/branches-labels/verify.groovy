import dev.migrate.it.Sample

def sample = new Sample(basedir)
sample.says("20260101000000", "20260102000000", "20260103000000", "Ann", "Ben", "ann", "ben")
