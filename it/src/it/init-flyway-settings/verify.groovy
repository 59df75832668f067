import dev.migrate.it.Sample

def sample = new Sample(basedir)
sample.build(1).says(
    "Found: 2 revisions",
    "from flyway-maven-plugin in the POM",
    "Written into pom.xml: <directory>sql</directory>",
    "Released up to 002")
def pom = new File(basedir, "pom.xml").text
assert pom.contains("<!-- kept -->")
assert pom.contains("<sqlMigrationPrefix/>") && pom.contains("<historySchema>app</historySchema>")
def model = new File(basedir, "m.sql").text
assert model.contains("CREATE TABLE app.people") && model.contains("'acme'")
sample.build(2).says("2 revisions to apply", "There is no difference")

return true
