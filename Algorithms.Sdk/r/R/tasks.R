# Tasks asked earlier, from here or elsewhere.

vantage_tasks <- function(conn, count = 50, collaboration = NULL) {
  words <- c("task", "list", "--count", format(count, scientific = FALSE))
  if (!is.null(collaboration)) words <- c(words, "--collaboration", collaboration)
  items <- run_command(conn, words)$items
  text <- function(member) vapply(items, function(item) or_na(item[[member]]), "")
  data.frame(id = text("id"), algorithm = text("algorithm"), `function` = text("function"), outcome = text("outcome"),
             runs = vapply(items, function(item) length(item$runs), 0L), created = text("createdAt"),
             check.names = FALSE, stringsAsFactors = FALSE)
}

vantage_task <- function(conn, task) run_command(conn, c("task", "show", task))

vantage_watch <- function(conn, task) run_command(conn, c("task", "watch", task))

vantage_cancel <- function(conn, task) run_command(conn, c("task", "cancel", task))

# Fetches, verifies and decrypts what came of a task: a receipt that does not verify is an error.
vantage_verify <- function(conn, task) {
  found <- run_command(conn, c("task", "result", task))
  if (is.null(found$analysis)) found else as_result(found)
}

or_na <- function(value) if (is.null(value)) NA_character_ else as.character(value)
