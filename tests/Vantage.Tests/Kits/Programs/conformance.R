#!/usr/bin/env -S Rscript --vanilla --default-packages=NULL
# What every kit can do, told in R. tests/TestWorker/ConformanceAlgorithm.cs is the same in C#.

here <- dirname(gsub("~+~", " ", sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE)[1]), fixed = TRUE))
for (file in list.files(file.path(here, "kit"), pattern = "[.]R$", full.names = TRUE)) source(file)

column <- list(column = arg_column())
algorithm <- vantage_algorithm("conformance", "1.0.0", "Does in every language what a kit has to be able to.", warm = TRUE)

algorithm <- vantage_partial(algorithm, "moments", "Counts and sums a column.", arguments = column,
  function(table, column) {
    cells <- as_numbers(table, column)
    list(n = sum(!is.na(cells)), sum = sum(cells, na.rm = TRUE), missing = sum(is.na(cells)))
  })

algorithm <- vantage_partial(algorithm, "levels", "Counts a column's levels.", arguments = column,
  function(table, column) {
    cells <- vantage_frame(table, column, text = column)[[column]]
    list(counts = json_object(table(cells)), missing = sum(is.na(cells)))
  })

algorithm <- vantage_central(algorithm, "mean", "The mean of a column over all sites.", arguments = column,
  function(federation, column) {
    sites <- vantage_values(vantage_ask(federation, "moments", column = column))
    total <- function(name) sum(vapply(sites, function(site) as.numeric(site[[name]]), 0))
    list(n = total("n"), mean = total("sum") / total("n"), missing = total("missing"))
  })

algorithm <- vantage_central(algorithm, "all-levels", "The levels of a column over all sites.", arguments = column,
  function(federation, column) {
    sites <- vantage_values(vantage_ask(federation, "levels", column = column))
    counts <- unlist(lapply(sites, function(site) site$counts))
    list(counts = json_object(tapply(as.numeric(counts), names(counts), sum)), missing = sum(vapply(sites, function(site) site$missing, 0)))
  })

algorithm <- vantage_partial(algorithm, "echo", "Gives back what it was given.",
  arguments = list(text = arg_text(), number = arg_number(NULL), flag = arg_logical(NULL), whole = arg_integer(NULL),
                   list = arg_list(arg_text(), NULL)),
  function(text, number, flag, whole, list) {
    given <- base::list(text = text, number = number, flag = flag, whole = whole, list = if (!is.null(list)) I(list))
    Filter(Negate(is.null), given)
  })

algorithm <- vantage_partial(algorithm, "outside", "Whether it was given a way outside.", egress = "terminology",
  body = function() list(proxy = Sys.getenv("HTTPS_PROXY")))

algorithm <- vantage_partial(algorithm, "numbers", "A column as numbers.", arguments = column,
  function(table, column) {
    list(cells = lapply(as_numbers(table, column), function(cell) if (!is.na(cell)) cell))
  })

algorithm <- vantage_partial(algorithm, "texts", "A column as text.", arguments = column,
  function(table, column) {
    list(cells = lapply(vantage_frame(table, column, text = column)[[column]], function(cell) if (!is.na(cell)) cell))
  })

algorithm <- vantage_partial(algorithm, "say", "Logs and reports.",
  arguments = list(lines = arg_list(arg_text()), percent = arg_integer(50)),
  function(context, lines, percent) {
    for (line in lines) vantage_log(context, line)
    vantage_progress(context, percent)
    list(site = vantage_site(context))
  })

algorithm <- vantage_partial(algorithm, "large", "A text of so many bytes.", arguments = list(bytes = arg_integer()),
  function(bytes) list(text = strrep("x", bytes)))

algorithm <- vantage_partial(algorithm, "boom", "Fails by a fault of its own.", arguments = list(text = arg_text()),
  function(text) stop(text))

algorithm <- vantage_partial(algorithm, "nothing", "Ends without a result.", function() NULL)

algorithm <- vantage_partial(algorithm, "not-a-number", "Gives what JSON can't hold.", function() list(number = NaN))

done <- 0
algorithm <- vantage_partial(algorithm, "calls", "How many calls this program has done.", body = function() {
  done <<- done + 1
  list(number = done)
})

algorithm <- vantage_partial(algorithm, "wait", "Reports, then waits.",
  function(context) {
    vantage_progress(context, 7)
    Sys.sleep(600)
  })

vantage_main(algorithm)
