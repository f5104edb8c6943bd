# A cross table is an R table: one to three dimensions, named by the columns.

as.table.vantage_crosstab <- function(x, ...) {
  result <- x$result
  variables <- unlist(result$variables)
  levels <- lapply(variables, function(variable) unlist(lapply(result$levels[[variable]], or_na)))
  cells <- function(table) matrix(unlist(table$counts), nrow = length(levels[[1]]), byrow = TRUE)
  counts <- switch(length(variables),
                   as.vector(cells(result$table)),
                   cells(result$table),
                   unlist(lapply(result$layers, cells)))
  as.table(array(counts, lengths(levels), stats::setNames(levels, variables)))
}

as.data.frame.vantage_crosstab <- function(x, row.names = NULL, optional = FALSE, ...) {
  as.data.frame(as.table(x), row.names = row.names, responseName = "n", stringsAsFactors = FALSE, ...)
}

print.vantage_crosstab <- function(x, ...) {
  print(as.table(x), ...)
  tests <- x$result$table
  chi <- tests[["chiSquared"]]
  if (!is.null(chi)) {
    cat("\nX-squared = ", format(chi$statistic), ", df = ", chi$degreesOfFreedom, ", p = ", format(chi$pValue), "\n",
        sep = "")
  }
  if (!is.null(tests[["fisher"]])) cat("Fisher's exact test: p =", format(tests$fisher$pValue), "\n")
  cat("\n")
  print_origin(x)
  invisible(x)
}
