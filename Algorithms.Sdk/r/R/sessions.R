# Tables that sites prepare once and keep between questions: docs/sessions.md. Any analysis is asked about them by
# session = "name" and frames = "frame".

vantage_session_prepare <- function(conn, session, frame, steps = NULL, data = NULL, frames = NULL, dictionary = NULL, ...) {
  words <- c(labelled("--data", data), labelled("--frame", frames), labelled("--dictionary", dictionary))
  if (!is.null(steps)) {
    # Not over the command line, which everybody on this machine can see.
    file <- tempfile("steps-", fileext = ".json")
    on.exit(unlink(file))
    writeLines(enc2utf8(if (is.character(steps)) steps else to_json(steps)), file, useBytes = TRUE)
    Sys.chmod(file, "0600")
    words <- c(words, "--steps-file", file)
  }
  session_command(conn, c("prepare", session, frame), words, ...)
}

vantage_session_list <- function(conn, session, ...) session_command(conn, c("list", session), character(), ...)

vantage_session_show <- function(conn, session, frame, ...) session_command(conn, c("show", session, frame), character(), ...)

# All frames, or one.
vantage_session_end <- function(conn, session, frame = NULL, ...) {
  session_command(conn, c("end", session), if (is.null(frame)) character() else c("--only", frame), ...)
}

session_command <- function(conn, verb, words, collaboration = NULL, organizations = NULL, purpose = NULL, project = NULL) {
  options <- list(`--collaboration` = collaboration, `--purpose` = purpose, `--project` = project)
  for (name in names(options)) if (!is.null(options[[name]])) words <- c(words, name, options[[name]])
  for (one in organizations) words <- c(words, "--organization", one)
  run_command(conn, c("session", verb, words))
}

# An option for each, with its label where it has one.
labelled <- function(option, given) {
  labels <- if (is.null(names(given))) rep("", length(given)) else names(given)
  as.character(unlist(lapply(seq_along(given), function(i) {
    c(option, if (nzchar(labels[i])) paste0(labels[i], "=", given[[i]]) else given[[i]])
  })))
}
