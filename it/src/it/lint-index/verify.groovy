import dev.migrate.it.Sample

def sample = new Sample(basedir)
sample.build(1).says(
    "V20260102000000__code.sql:2:12",
    "error index-not-concurrent (public.thing)",
    "CREATE INDEX CONCURRENTLY",
    "3 statements in 1 revision",
    "LINT_FAILED").saysNothingOf("V20260101000000__thing.sql:", "\tat ")
assert sample.database().applied() == ["20260101000000"]
sample.build(2).says("1 error,", "INVALID_PARAMETER", "Give error, warning or never.")
def document = sample.json("target/lint.json")
assert document.failure.code == "LINT_FAILED"
def finding = document.scripts[0].findings[0]
assert finding.rule == "index-not-concurrent"
assert [finding.line, finding.column] == [2, 12]
