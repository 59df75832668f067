import dev.migrate.it.Sample

def sample = new Sample(basedir)
sample.says("create table one (id int);", "drop table one;")
def shown = sample.json("target/show.json").revisions[0]
assert shown.id == "20260102000000"
assert shown.status == "pending"
assert shown.parents == ["20260101000000"]
sample.says("UNKNOWN_REVISION", "20991231", "What to do: ")
