import dev.migrate.it.Sample

def sample = new Sample(basedir)
sample.says("IRREVERSIBLE", "20260102000000", "What to do: ")
assert sample.database().applied() == ["20260101000000", "20260102000000", "20260103000000"]
assert sample.database().tables() == ["one", "three", "two"]
