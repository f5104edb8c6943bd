# Errors are conditions of the class vantage_error, with a stable code and what to do next. `answer` is what is known of
# a question that was asked and has no result: who answered, who did not, the receipts.

fail <- function(code, what, then = NULL, errors = NULL, answer = NULL) {
  sentences <- vapply(errors, function(wrong) paste(unlist(wrong), collapse = " "), "")
  message <- paste0(what, paste0("\n  ", names(errors), ": ", sentences, recycle0 = TRUE, collapse = ""),
                    if (!is.null(then)) paste0("\n  next: ", then), "\n  code: ", code)
  stop(structure(class = c(paste0("vantage_", gsub("-", "_", code)), "vantage_error", "error", "condition"),
                 list(message = message, call = NULL, code = code, what = what, `next` = then, errors = errors,
                      answer = answer)))
}
