# One function for each analysis of the standard library. Further arguments have the names of docs/statistics, as R writes
# them: confidence_level for confidenceLevel. One that the analysis does not take is refused by name.

vantage_histogram <- function(conn, column, bins = NULL, edges = NULL, right = NULL, data = NULL, ...) {
  ask_named(conn, "histogram", data, list(column = column, bins = bins, edges = listed(edges), right = right), ...)
}

vantage_quantiles <- function(conn, columns, probabilities = NULL, type = NULL, data = NULL, ...) {
  ask_named(conn, "quantiles", data,
            list(columns = listed(columns), probabilities = listed(probabilities), type = type), ...)
}

vantage_ttest <- function(formula, conn, data = NULL, ...) {
  ask_named(conn, "ttest", data, list(formula = formula), ...)
}

vantage_anova <- function(formula, conn, type = NULL, data = NULL, ...) {
  ask_named(conn, "anova", data, list(formula = formula, type = type), ...)
}

vantage_correlation <- function(conn, columns, controls = NULL, use = NULL, data = NULL, ...) {
  ask_named(conn, "correlation", data, list(columns = listed(columns), controls = listed(controls), use = use), ...)
}

vantage_kaplan_meier <- function(formula, conn, times = NULL, data = NULL, ...) {
  ask_named(conn, "kaplan-meier", data, list(formula = formula, times = listed(times)), ...)
}

vantage_logrank <- function(formula, conn, data = NULL, ...) {
  ask_named(conn, "logrank", data, list(formula = formula), ...)
}

vantage_cox <- function(formula, conn, ties = NULL, data = NULL, ...) {
  ask_named(conn, "cox", data, list(formula = formula, ties = ties), ...)
}

vantage_negbin <- function(formula, conn, data = NULL, ...) {
  ask_named(conn, "negbin", data, list(formula = formula), ...)
}

vantage_ridge <- function(formula, conn, lambda, data = NULL, ...) {
  ask_named(conn, "ridge", data, list(formula = formula, lambda = listed(lambda)), ...)
}

vantage_meta <- function(formula, conn, family = NULL, data = NULL, ...) {
  ask_named(conn, "meta", data, list(formula = formula, family = family), ...)
}

vantage_fedavg <- function(formula, conn, family = NULL, data = NULL, ...) {
  ask_named(conn, "fedavg", data, list(formula = formula, family = family), ...)
}

vantage_pca <- function(conn, columns, center = NULL, scale = NULL, data = NULL, ...) {
  ask_named(conn, "pca", data, list(columns = listed(columns), center = center, scale = scale), ...)
}

# Centres are a matrix with a row for each cluster, as in kmeans.
vantage_kmeans <- function(conn, columns, clusters = NULL, centres = NULL, data = NULL, ...) {
  rows <- if (is.null(centres)) NULL else lapply(seq_len(nrow(as.matrix(centres))), function(i) listed(as.matrix(centres)[i, ]))
  ask_named(conn, "kmeans", data, list(columns = listed(columns), clusters = clusters, centres = rows), ...)
}

vantage_roc <- function(formula, conn, data = NULL, ...) {
  ask_named(conn, "roc", data, list(formula = formula), ...)
}

ask_named <- function(conn, algorithm, data, given, ...) {
  others <- list(...)
  own <- names(others) %in% names(formals(vantage_run))
  arguments <- c(given, others[!own])
  arguments <- arguments[!vapply(arguments, is.null, TRUE)]
  formulas <- vapply(arguments, inherits, TRUE, "formula")
  arguments[formulas] <- lapply(arguments[formulas], formula_text)
  names(arguments) <- camel(names(arguments))
  do.call(vantage_run, c(list(conn, algorithm, arguments, data), others[own]))
}

formula_text <- function(formula) paste(deparse(formula, width.cutoff = 500L), collapse = " ")

# A list even of one.
listed <- function(values) if (is.null(values)) NULL else as.list(unname(values))

# confidence_level is confidenceLevel on the wire.
camel <- function(names) gsub("_([a-z])", "\\U\\1", names, perl = TRUE)
