import dev.migrate.it.Sample

def sample = new Sample(basedir)
sample.build(1).says("SQUASH_REFUSED", "has not applied 1 of the 2 revisions")
def done = sample.json("target/squash.json")
assert done.baseline == "20260102000000"
assert done.replaced.size() == 2
sample.build(2).says(
    "* 20260102000000  Baseline up to two  [applied ", "BELOW_BASELINE", "mvn migrate:upgrade -Dmigrate.to=20260102000000")
sample.build(3).says("2 revisions to apply", "at 20260103000000")
sample.build(4).says("IRREVERSIBLE", "src/main/resources/db/archive/20260102000000")
for (name in ["sample.second", "sample.third"]) {
  assert sample.database(name).tables() == ["one", "three", "two"]
}
