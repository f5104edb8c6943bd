# A federation in one process, for an author's own tests. Arguments and results go through JSON as over the wire.

#' Every further argument is a site: its name and a data frame. What it gives is a `federation` for a central function.
vantage_in_process <- function(algorithm, ...) {
  sites <- list(...)
  answers <- list()
  answer <- function(site, name, bytes) tryCatch({
    asked <- algorithm$functions[[name]]
    given <- arguments_read(asked$arguments, bytes)
    context <- new_context(list(progress = function(p) NULL, log = function(t) NULL), site, list(outputBytes = 2^26))
    injected <- list(context = context, table = memory_table(sites[[site]]))[asked$given]
    list(end = list(site = site, outcome = "succeeded"), bytes = bytes_of(asked, do.call(asked$body, c(given, injected))))
  }, error = function(e) list(end = list(site = site, outcome = "failed", failure = failure_of(e, name))))
  new_federation(algorithm = algorithm, sites = names(sites), gateway = list(
    ask = function(name, arguments) {
      bytes <- json_write(json_object(arguments))
      answers[[length(answers) + 1]] <<- lapply(names(sites), answer, name = name, bytes = bytes)
      length(answers)
    },
    settled = function(task) lapply(answers[[task]], function(a) a$end),
    result = function(task, site) answers[[task]][[site + 1]]$bytes))
}

memory_table <- function(frame) {
  cells <- lapply(frame, function(column) ifelse(is.na(column), "", as.character(column)))
  table <- new_table(list(label = "table", path = "", format = "csv", schema = unname(Map(
    function(name, column) list(name = name, type = if (is.numeric(column)) "number" else "text"), names(frame), frame))))
  table$cells <- cells
  table$line_of <- function(row) row + 1L
  table
}
