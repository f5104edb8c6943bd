# What in a result is a table: data frames by name, the most important one first.

vantage_tables <- function(x) {
  result <- x$result
  if (is.null(result)) return(list())
  own <- switch(x$analysis,
    ttest = list(test = row_of(result, c("method", "estimate", "standardError", "statistic", "degreesOfFreedom", "pValue"),
                               low = result$confidenceInterval[[1]], high = result$confidenceInterval[[2]])),
    anova = list(terms = rows_of(c(result$terms, list(result$residuals)))),
    histogram = list(bins = data.frame(from = numbers(result$edges[-length(result$edges)]), to = numbers(result$edges[-1]),
                                       count = numbers(result$counts), atLeast = numbers(result$atLeast),
                                       density = numbers(result$densities))),
    quantiles = list(quantiles = quantile_rows(result)),
    if (!is.null(names(result$coefficients))) list(coefficients = coefficient_rows(result)) else list())
  lists <- result[vapply(result, is_rows, TRUE)]
  c(own, lapply(lists[setdiff(names(lists), c("sites", if (x$analysis %in% c("anova", "quantiles")) names(lists)))], rows_of))
}

is_rows <- function(items) is.list(items) && is.null(names(items)) && length(items) > 0 &&
  all(vapply(items, function(item) is.list(item) && !is.null(names(item)), TRUE))

row_of <- function(result, members, ...) rows_of(list(c(result[members[members %in% names(result)]], list(...))))

# The members that every item has as a single value.
rows_of <- function(items) {
  members <- unique(unlist(lapply(items, names)))
  columns <- lapply(members, function(member) lapply(items, function(item) item[[member]]))
  single <- vapply(columns, function(values) all(lengths(values) <= 1 & !vapply(values, is.list, TRUE)), TRUE)
  columns <- lapply(columns[single], function(values) unlist(lapply(values, function(value) if (is.null(value)) NA else value)))
  as.data.frame(stats::setNames(columns, members[single]), stringsAsFactors = FALSE)
}

coefficient_rows <- function(result) {
  maps <- c(estimate = "coefficients", std.error = "standardErrors", statistic = "statistics", p.value = "pValues")
  maps <- maps[vapply(maps, function(map) !is.null(names(result[[map]])), TRUE)]
  columns <- lapply(maps, function(map) unname(numbers(result[[map]])))
  data.frame(c(list(term = names(result$coefficients)), columns), stringsAsFactors = FALSE)
}

quantile_rows <- function(result) {
  rows <- lapply(result$columns, function(column) data.frame(
    column = column$name, probability = numbers(result$probabilities), value = numbers(column$values),
    lowest = numbers(column$lowest), highest = numbers(column$highest), stringsAsFactors = FALSE))
  do.call(rbind, rows)
}
