import dev.migrate.it.Sample

def sample = new Sample(basedir)
assert sample.database().applied().size() == 3
def ben = sample.only(~/V\d+__ben\.sql/)
assert ben.text.contains("-- revises:  20260102000000")
