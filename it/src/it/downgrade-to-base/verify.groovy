import dev.migrate.it.Sample

def sample = new Sample(basedir)
sample.build(1).says("Now at 20260102000000")
sample.build(2).says("2 revisions to take back", "Now at base")
assert sample.database().applied() == ["20260101000000", "20260102000000", "20260103000000"]
assert sample.database().query("select version, type from flyway_schema_history where version is not null order by installed_rank") == [
    "20260101000000|SQL", "20260102000000|SQL", "20260103000000|SQL", "20260103000000|DELETE", "20260102000000|DELETE", "20260101000000|DELETE",
    "20260101000000|SQL", "20260102000000|SQL", "20260103000000|SQL"]
