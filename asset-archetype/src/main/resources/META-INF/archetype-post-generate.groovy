import java.nio.file.Files
import java.nio.file.Path
import java.util.regex.Matcher

// The CI servers' files: those of the wanted flavour go where they belong, the others go away.
// All come in a folder of their own, so that nothing is deleted which was there before.
Path project = Path.of(request.outputDirectory, request.artifactId)
Path flavours = project.resolve('.flavours')
Map<String, List<String>> files = [
    github: ['.github/workflows/verify.yml'],
    gitlab: ['.gitlab-ci.yml'],
]
String wanted = request.properties['ci']
files.each { flavour, names ->
  if (wanted in [flavour, 'both']) {
    names.each { name ->
      Path file = project.resolve(name)
      if (!Files.exists(file)) {
        Files.createDirectories(file.parent)
        Files.move(flavours.resolve(flavour).resolve(name), file)
      }
    }
  }
}
flavours.toFile().deleteDir()

// The generator does not keep the mode of files.
['deploy/deploy', 'deploy/develop', 'deploy/healthy', 'deploy/migrate', 'deploy/secrets', 'migrate'].each { name ->
  project.resolve(name).toFile().setExecutable(true, false)
}

// Roles and images belong to a server, not to one project: they are called after this one. Three
// suffixes must fit into the 63 characters of a name, and PostgreSQL keeps "pg_" for itself.
String database = request.properties['database']
String roles = database.replaceFirst('^pg_', '_pg_').take(56)
String image = request.artifactId.toLowerCase(Locale.ROOT).replaceAll('[^a-z0-9]+', '-').replaceAll('^-|-$', '') ?: 'app'
List<Path> named = ['src/main/database', 'src/main/resources/db', 'src/test/java'].collect { project.resolve(it) }
  .findAll { Files.isDirectory(it) }
  .collectMany { folder -> Files.walk(folder).withCloseable { all -> all.filter { Files.isRegularFile(it) }.toList() } }
named += ['src/main/resources/application-dev.yaml', 'README.md', 'compose.yaml', 'compose.prod.yaml', 'deploy/roles.sql']
  .collect { project.resolve(it) }.findAll { Files.exists(it) }
named.each { Path file ->
  String before = Files.readString(file)
  // A package may have the same name: in Java only what cannot be one is replaced.
  String role = file.toString().endsWith('.java') ? 'asset_tracker(?=_app\\b|_owner\\b|_test\\b|%)' : '(?<![.\\w/])asset_tracker(?=_app\\b|_owner\\b|(?![\\w./]))'
  String after = before.replaceAll(role, Matcher.quoteReplacement(roles))
    .replaceAll('(?<=image: )asset-tracker', Matcher.quoteReplacement(image))
  if (after != before) {
    Files.writeString(file, after)
  }
}

// Until the plugin is published, the project takes along what it cannot download anywhere: so that
// it builds on another machine, in CI and in an image.
String version = (Files.readString(project.resolve('pom.xml')) =~ '<migrate.version>(.*)</migrate.version>').with { it.find() ? it.group(1) : '' }
if (version.endsWith('-SNAPSHOT')) {
  Path local = Path.of(request.localRepository ? request.localRepository.basedir : request.repositorySession.localRepository.basedir.toString())
  Path own = project.resolve('.mvn/repository')
  ['migrate-parent': ['pom'], 'migration-maven-plugin': ['pom', 'jar']].each { artifact, types ->
    types.each { type ->
      String name = "dev/migrate/${artifact}/${version}/${artifact}-${version}.${type}"
      Path from = local.resolve(name)
      Path to = own.resolve(name)
      if (Files.exists(from) && !Files.exists(to)) {
        Files.createDirectories(to.parent)
        Files.copy(from, to)
      }
    }
  }
}
