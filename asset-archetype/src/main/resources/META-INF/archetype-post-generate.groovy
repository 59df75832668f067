import java.nio.file.Files
import java.nio.file.Path

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
['deploy/deploy', 'deploy/healthy', 'deploy/migrate'].each { name ->
  project.resolve(name).toFile().setExecutable(true, false)
}
