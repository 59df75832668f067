import dev.migrate.it.Sample

def sample = new Sample(basedir)
sample.says(
    "* 20260103000000  no way back  [pending, head, irreversible]",
    "* 20260102000000  two  [pending]",
    "* 20260101000000  one  [applied ",
    "Current: 20260101000000",
    "Pending: 2 revisions")
assert sample.database().applied() == ["20260101000000"]
