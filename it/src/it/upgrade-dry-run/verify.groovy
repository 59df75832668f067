import dev.migrate.it.Sample

def sample = new Sample(basedir)
sample.build(2).says("20260102000000", "20260103000000", "Nothing was changed.").saysNothingOf("  20260101000000  ")
sample.build(3).says("20260101000000", "Nothing was changed.")
assert sample.database().applied() == ["20260101000000"]
assert sample.database().query("select count(*) from flyway_schema_history where version is not null") == ["1"]
assert sample.database().tables() == ["one"]
