import dev.migrate.it.Sample

def sample = new Sample(basedir)
sample.says("Failed: reversible, model.", "20260102000000", "What to do: ")
def report = new File(basedir, "target/migrate-reports/TEST-migrate-verify.xml").text
assert report.contains("<failure")
