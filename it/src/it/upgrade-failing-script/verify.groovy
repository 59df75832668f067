import dev.migrate.it.Sample

def sample = new Sample(basedir)
sample.says(
    "SCRIPT_FAILED", "V20260103000000__three.sql", "line 4", "add colum x int", "syntax error", "What to do: ")
sample.saysNothingOf("\tat ", "Caused by")
sample.says("Current: 20260102000000", "Pending: 1 revision")
assert sample.database().tables() == ["one", "two"]
assert sample.database().applied() == ["20260101000000", "20260102000000"]
