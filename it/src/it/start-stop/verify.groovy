import dev.migrate.it.Sample

def sample = new Sample(basedir)
sample.build(1).says("Current: 20260101000000", "Stopped")
sample.build(2).says("Current: 20260101000000")
def address = sample.properties("target/address.properties")
assert address.stringPropertyNames() == ["url", "user", "password"] as Set
assert address.url.startsWith("jdbc:postgresql://127.0.0.1:")
