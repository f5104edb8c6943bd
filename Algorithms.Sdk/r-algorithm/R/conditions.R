# How a run fails, in words that the person who asked can use. Name columns and lines, never what is in a cell.

#' The function can't go on, for a reason that its asker should read.
run_failed <- function(code, message) {
  stop(structure(class = c("vantage_run_failed", "error", "condition"), list(message = message, call = NULL, code = code)))
}

#' An argument is wrong. A function with laws beyond its types calls it.
arguments_invalid <- function(argument, problem) {
  run_failed("arguments-invalid", sprintf("Argument '%s': %s", argument, problem))
}

#' The data cannot be read, or are not what the function needs.
data_invalid <- function(message) run_failed("data-invalid", message)

gateway_lost <- function(message) {
  stop(structure(class = c("vantage_gateway_lost", "error", "condition"), list(message = message, call = NULL)))
}

run_file_invalid <- function(message) {
  stop(structure(class = c("vantage_run_file_invalid", "error", "condition"), list(message = message, call = NULL)))
}

# What POST /error says of a condition.
failure_of <- function(condition, name) {
  if (inherits(condition, "vantage_run_failed")) {
    return(list(code = condition$code, message = cut_text(conditionMessage(condition)), `function` = name))
  }
  list(
    code = "algorithm-failed",
    message = cut_text(sprintf("The function '%s' failed: %s", name, conditionMessage(condition))),
    `function` = name, type = class(condition)[1],
    detail = cut_text(paste(c(deparse(conditionCall(condition)), conditionMessage(condition)), collapse = "\n")))
}

cut_text <- function(text, longest = 32 * 1024) {
  text <- enc2utf8(text)
  if (!validUTF8(text)) text <- iconv(text, "UTF-8", "UTF-8", sub = "?")
  if (nchar(text) <= longest) text else paste0(substr(text, 1, longest), "\u2026")
}
