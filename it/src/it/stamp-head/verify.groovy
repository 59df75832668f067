import dev.migrate.it.Sample

def sample = new Sample(basedir)
sample.build(1).says("differs from what 20260102000000 (two) gives", "public.one")
sample.build(2).saysNothingOf("differs from")
assert sample.database().applied() == ["20260101000000", "20260102000000"]
assert sample.database().tables() == ["one", "two"]
