algorithm <- vantage_algorithm("__NAME__", "1.0.0", "The mean of a column over all sites.")

algorithm <- vantage_partial(algorithm, "partial", "Counts and sums a column at one site.",
  arguments = list(column = arg_column()),
  function(table, column, context) {
    vantage_log(context, "reading '", column, "'")
    numbers <- as_numbers(table, column)
    list(n = sum(!is.na(numbers)), sum = sum(numbers, na.rm = TRUE))
  })

algorithm <- vantage_central(algorithm, "central", "The mean of a column over all sites.",
  arguments = list(column = arg_column()),
  function(federation, column) {
    sites <- vantage_values(vantage_ask(federation, "partial", column = column))
    total <- function(name) sum(vapply(sites, function(site) as.numeric(site[[name]]), 0))
    if (total("n") == 0) data_invalid(sprintf("No site has a number in '%s'.", column))
    list(n = total("n"), mean = total("sum") / total("n"))
  })
