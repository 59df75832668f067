package ${package}.transfer;

import ${package}.asset.AssetQuery;
import ${package}.page.PageController;
import ${package}.page.Texts;
import ${package}.transfer.ImportReport.Effect;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The inventory to files, and back. */
@PageController
class TransferPages {
  private static final Logger LOG = LoggerFactory.getLogger(TransferPages.class);
  private static final String UPLOAD = "upload";
  private static final int SHOWN = 50;

  private final InventoryExport export;
  private final InventoryImport imports;
  private final List<Sheet<?>> sheets;
  private final Texts texts;

  TransferPages(
      InventoryExport export, InventoryImport imports, List<Sheet<?>> sheets, Texts texts) {
    this.export = export;
    this.imports = imports;
    this.sheets = List.copyOf(sheets);
    this.texts = texts;
  }

  @GetMapping("/transfer")
  String show(Model model) {
    model.addAttribute("sheets", sheets);
    return "transfer/index";
  }

  /** The assets of a search, all pages of it. */
  @GetMapping("/assets.csv")
  void exportAssets(AssetQuery query, HttpServletResponse response) throws IOException {
    send(
        response,
        "text/csv;charset=UTF-8",
        "assets.csv",
        out -> export.write(query.filter(), query.order(), query.descending(), out));
  }

  /** Everything. */
  @GetMapping("/inventory.zip")
  void exportAll(HttpServletResponse response) throws IOException {
    send(response, "application/zip", "inventory.zip", export::writeAll);
  }

  private interface Content {
    void write(OutputStream out) throws IOException;
  }

  /**
   * It becomes a file here first: so no slow network holds a connection to the database, and what
   * fails half-way is an error and not half a file.
   */
  private static void send(
      HttpServletResponse response, String type, String name, Content content)
      throws IOException {
    Path file = Files.createTempFile("export", ".tmp");
    try {
      try (OutputStream out = Files.newOutputStream(file)) {
        content.write(out);
      }
      response.setContentType(type);
      response.setHeader("Content-Disposition", "attachment; filename=\"" + name + "\"");
      Files.copy(file, response.getOutputStream());
    } finally {
      Files.delete(file);
    }
  }

  @PostMapping("/transfer/preview")
  ModelAndView preview(
      @RequestParam MultipartFile file, HttpSession session, HttpServletResponse response)
      throws IOException {
    if (file.isEmpty()) {
      return refused("Choose a file that is not empty.");
    }
    Upload upload = Upload.of(file.getInputStream());
    session.setAttribute(UPLOAD, upload);
    return preview(upload, false, response);
  }

  /** Once more, and what is missing is made. */
  @PostMapping("/transfer/preview-with-missing")
  ModelAndView previewWithMissing(
      @RequestParam(UPLOAD) String id, HttpSession session, HttpServletResponse response) {
    Optional<Upload> upload = upload(id, session);
    return upload.isEmpty() ? gone() : preview(upload.get(), true, response);
  }

  private ModelAndView preview(Upload upload, boolean make, HttpServletResponse response) {
    try {
      return page(
          HttpStatus.OK,
          upload,
          make,
          imports.preview(upload.file(), make, new Waiting(response, System::nanoTime)));
    } catch (Waiting.GoneException e) {
      LOG.info("The preview of an import was ended: nobody waited for it any more.");
      return null;
    }
  }

  @PostMapping("/transfer/import")
  ModelAndView run(
      @RequestParam(UPLOAD) String id,
      @RequestParam(defaultValue = "false") String make,
      HttpSession session,
      RedirectAttributes next) {
    Optional<Upload> upload = upload(id, session);
    if (upload.isEmpty()) {
      return gone();
    }
    boolean makeMissing = "true".equals(make);
    ImportReport report = imports.run(upload.get().file(), makeMissing);
    if (!report.isRight()) {
      return page(HttpStatus.UNPROCESSABLE_CONTENT, upload.get(), makeMissing, report);
    }
    session.removeAttribute(UPLOAD);
    next.addFlashAttribute(
        "notice",
        texts.count(report.count(Effect.ADDED))
            + " added, "
            + texts.count(report.count(Effect.CHANGED))
            + " changed.");
    return new ModelAndView("redirect:/assets");
  }

  private static Optional<Upload> upload(String id, HttpSession session) {
    return session.getAttribute(UPLOAD) instanceof Upload upload && upload.id().equals(id)
        ? Optional.of(upload)
        : Optional.empty();
  }

  private ModelAndView gone() {
    return refused("This file is not here any more: another one was chosen meanwhile. Choose it again.");
  }

  private ModelAndView refused(String problem) {
    ModelAndView page = new ModelAndView("transfer/index");
    page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
    return page.addObject("problem", problem).addObject("sheets", sheets);
  }

  /** A preview is what was asked for, also of a file in which something is wrong. */
  private static ModelAndView page(
      HttpStatus status, Upload upload, boolean make, ImportReport report) {
    ModelAndView page = new ModelAndView("transfer/preview");
    page.setStatus(status);
    return page.addObject("report", report)
        .addObject("upload", upload.id())
        .addObject("make", make)
        .addObject("added", report.count(Effect.ADDED))
        .addObject("changed", report.count(Effect.CHANGED))
        .addObject("unchanged", report.count(Effect.UNCHANGED))
        .addObject(
            "problems",
            report.problems().subList(0, Math.min(SHOWN, report.problems().size())))
        .addObject("moreProblems", Math.max(0, report.problems().size() - SHOWN))
        .addObject("moreLines", Math.max(0, report.total() - report.lines().size()));
  }
}
