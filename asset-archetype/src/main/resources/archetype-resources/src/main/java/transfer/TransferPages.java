package ${package}.transfer;

import ${package}.asset.AssetQuery;
import ${package}.page.PageController;
import ${package}.page.Texts;
import ${package}.transfer.ImportReport.Effect;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Assets to a CSV file, and back. */
@PageController
class TransferPages {
  /** The preview sends the file to the browser and gets it back, within the limit for forms. */
  private static final int MOST_BYTES = 1_000_000;

  private static final int SHOWN = 50;

  private final AssetExport export;
  private final AssetImport imports;
  private final Texts texts;

  TransferPages(AssetExport export, AssetImport imports, Texts texts) {
    this.export = export;
    this.imports = imports;
    this.texts = texts;
  }

  @GetMapping("/transfer")
  String show(Model model) {
    model.addAttribute("columns", AssetColumns.NAMES);
    return "transfer/index";
  }

  /**
   * The assets of a search, all pages of it. They become a file here first: so no slow network holds
   * a connection to the database, and what fails half-way is an error and not half a file.
   */
  @GetMapping("/assets.csv")
  void export(AssetQuery query, HttpServletResponse response) throws IOException {
    Path file = Files.createTempFile("assets", ".csv");
    try {
      try (Writer out = Files.newBufferedWriter(file)) {
        export.write(query.filter(), query.order(), query.descending(), out);
      }
      response.setContentType("text/csv");
      response.setCharacterEncoding(StandardCharsets.UTF_8);
      response.setHeader("Content-Disposition", "attachment; filename=\"assets.csv\"");
      Files.copy(file, response.getOutputStream());
    } finally {
      Files.delete(file);
    }
  }

  @PostMapping("/transfer/preview")
  ModelAndView preview(@RequestParam MultipartFile file) throws IOException {
    if (file.isEmpty()) {
      return refused("Choose a file that is not empty.");
    }
    if (file.getSize() > MOST_BYTES) {
      return refused("The file is larger than one megabyte. Import it in parts.");
    }
    String content;
    try {
      content =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file.getBytes())).toString();
    } catch (CharacterCodingException e) {
      return refused("The file is not in UTF-8. In a spreadsheet, save it as “CSV UTF-8”.");
    }
    return page(content, imports.preview(content));
  }

  @PostMapping("/transfer/import")
  ModelAndView run(@RequestParam("csv") String content, RedirectAttributes next) {
    ImportReport report = imports.run(content);
    if (!report.isRight()) {
      return page(content, report);
    }
    next.addFlashAttribute(
        "notice",
        texts.count(report.count(Effect.ADDED), "asset")
            + " added, "
            + texts.count(report.count(Effect.CHANGED))
            + " changed.");
    return new ModelAndView("redirect:/assets");
  }

  private ModelAndView refused(String problem) {
    ModelAndView page = new ModelAndView("transfer/index");
    page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
    return page.addObject("problem", problem).addObject("columns", AssetColumns.NAMES);
  }

  private ModelAndView page(String content, ImportReport report) {
    ModelAndView page = new ModelAndView("transfer/preview");
    page.setStatus(report.isRight() ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_CONTENT);
    return page.addObject("report", report)
        .addObject("csv", content)
        .addObject("added", report.count(Effect.ADDED))
        .addObject("changed", report.count(Effect.CHANGED))
        .addObject("unchanged", report.count(Effect.UNCHANGED))
        .addObject("problems", first(report.problems()))
        .addObject("lines", first(report.lines()))
        .addObject("moreProblems", Math.max(0, report.problems().size() - SHOWN))
        .addObject("moreLines", Math.max(0, report.lines().size() - SHOWN));
  }

  private static <T> List<T> first(List<T> all) {
    return all.subList(0, Math.min(SHOWN, all.size()));
  }
}
