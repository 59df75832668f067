import dev.migrate.it.Sample

def sample = new Sample(basedir)
sample.says("Not running")
