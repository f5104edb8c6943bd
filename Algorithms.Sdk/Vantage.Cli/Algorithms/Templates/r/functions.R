algorithm <- vantage_algorithm("__NAME__", "1.0.0", "The mean of a column over all sites.")

# What each member of a site's result is: its node holds it against the site's rules, and takes the evidence away.
# What nobody declares waits for a person there.
number <- list(type = "number")
sums <- list(type = "object", properties = list(
  n = list(type = "integer", disclosure = list(is = "rows")),
  sum = list(type = list("number", "null"), disclosure = list(is = "statistic", evidence = "evidence", digits = 15)),
  evidence = list(type = list("object", "null"), disclosure = list(is = "evidence"),
                  properties = list(total = number, largest = number, second = number))))

algorithm <- vantage_partial(algorithm, "partial", "Counts and sums a column at one site.",
  arguments = list(column = arg_column()), result = sums,
  function(table, column, context) {
    vantage_log(context, "reading '", column, "'")
    numbers <- as_numbers(table, column)
    # Too few rows, or a few of them are nearly all of it: this site takes no part.
    if (!vantage_may_sum(context, numbers)) return(list(n = 0, sum = NULL, evidence = NULL))
    list(n = sum(!is.na(numbers)), sum = sum(numbers, na.rm = TRUE), evidence = vantage_evidence(numbers))
  })

algorithm <- vantage_central(algorithm, "central", "The mean of a column over all sites.",
  arguments = list(column = arg_column()),
  function(federation, column) {
    sites <- vantage_values(vantage_ask(federation, "partial", column = column))
    total <- function(name) sum(vapply(sites, function(site) if (is.null(site[[name]])) 0 else as.numeric(site[[name]]), 0))
    if (total("n") == 0) data_invalid(sprintf("No site has a number in '%s', or enough of them to speak of.", column))
    list(n = total("n"), mean = total("sum") / total("n"))
  })
