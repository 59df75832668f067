import dev.migrate.it.Sample

def sample = new Sample(basedir)
sample.says("replay", "reversible", "model", "data", "passed")
sample.saysNothingOf("failed ")
def report = new File(basedir, "target/migrate-reports/TEST-migrate-verify.xml").text
assert report.contains("<testsuite") && !report.contains("<failure")
