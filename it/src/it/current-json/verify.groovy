import dev.migrate.it.Sample

def sample = new Sample(basedir)
def current = sample.json("target/current.json")
assert current.format == 1
assert current.goal == "current"
assert current.current == ["20260102000000"]
assert current.heads == ["20260103000000"]
assert current.pending == ["20260103000000"]
assert !current.target.contains(sample.database().password())

assert sample.json("target/history.json").revisions*.id == ["20260101000000", "20260102000000", "20260103000000"]
assert sample.json("target/heads.json").heads == ["20260103000000"]
