import dev.migrate.it.Sample

def sample = new Sample(basedir)
sample.says("|", "Join Ann and Ben", "Ann", "Ben")
assert sample.database().applied().size() == 4
assert sample.database().tables() == ["ann", "ben", "one"]
def script = sample.only(~/V\d+__join_ann_and_ben\.sql/)
assert script.text.contains("20260102000000") && script.text.contains("20260103000000")
