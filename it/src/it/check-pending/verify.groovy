import dev.migrate.it.Sample

def sample = new Sample(basedir)
def failure = sample.json("target/check.json").failure
assert failure.code == "PENDING"
assert failure.problem.contains("20260102000000")
assert failure.remedy.contains("mvn migrate:upgrade")
sample.says("The database is at the head: 20260102000000")
