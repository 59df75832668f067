import dev.migrate.it.Sample

def sample = new Sample(basedir)
sample.build(1).says("2 revisions to apply")
sample.build(2).saysNothingOf("to apply", "to take back")
assert sample.database().query("select count(*) from flyway_schema_history where version is not null") == ["2"]
