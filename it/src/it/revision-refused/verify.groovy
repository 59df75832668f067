import dev.migrate.it.Sample

def sample = new Sample(basedir)
sample.says("INVALID_PARAMETER", "migrate.message", "What to do: ")
assert sample.scripts() == ["U20260101000000__one.sql", "V20260101000000__one.sql"]
