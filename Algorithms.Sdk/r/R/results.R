# Any result: the numbers, whose rows they are over, and what vouches for them.

as_result <- function(found) {
  kind <- c(linear = "vantage_glm", logistic = "vantage_glm", poisson = "vantage_glm", negbin = "vantage_glm",
            gamma = "vantage_glm", crosstab = "vantage_crosstab")[found$analysis]
  structure(found, class = c(unname(kind[!is.na(kind)]), "vantage_result"))
}

# The whole answer, every number as it came.
vantage_json <- function(x) to_json(x[names(x)])

# One value a name; what is null is NA.
numbers <- function(members) {
  vapply(members, function(value) if (is.null(value)) NA_real_ else as.numeric(value), 0)
}

as.data.frame.vantage_glm <- function(x, row.names = NULL, optional = FALSE, ...) vantage_tidy(x, conf.int = TRUE)

as.data.frame.vantage_result <- function(x, row.names = NULL, optional = FALSE, ...) {
  tables <- if (identical(x$analysis, "summary")) list() else vantage_tables(x)
  if (length(tables) > 0) return(tables[[1]])
  rows <- if (identical(x$analysis, "summary")) x$result$columns else list(x$result)
  members <- unique(unlist(lapply(rows, names)))
  columns <- lapply(members, function(member) {
    values <- lapply(rows, function(row) row[[member]])
    values[vapply(values, is.null, TRUE)] <- NA
    if (all(lengths(values) == 1)) unlist(values) else I(values)
  })
  names(columns) <- members
  as.data.frame(columns, row.names = row.names, stringsAsFactors = FALSE)
}

print.vantage_result <- function(x, ...) {
  cat(x$analysis, ": ", x$outcome, "\n\n", sep = "")
  tables <- if (identical(x$analysis, "summary")) list() else vantage_tables(x)
  if (length(tables) == 0) tables <- list(as.data.frame(x))
  for (table in tables) {
    print(table, ...)
    cat("\n")
  }
  for (note in x$result$notes) cat("note: ", note, "\n", sep = "")
  print_origin(x)
  invisible(x)
}

print_origin <- function(x) {
  cat("sites: ", paste(unlist(x$sites$answered), collapse = ", "), "\n", sep = "")
  for (m in x$sites$missing) cat("missing: ", m$site, ": ", m$why, "\n", sep = "")
  for (m in x$sites$notAsked) cat("not asked: ", m$site, ", since ", m$why, "\n", sep = "")
  # By [[ ]], which does not take a longer name for a shorter one.
  if (!is.null(x$sites[["note"]])) cat(x$sites[["note"]], "\n", sep = "")
  if (!is.null(x[["disclosure"]])) cat("disclosure control: ", x[["disclosure"]], "\n", sep = "")
  verified <- sum(vapply(x[["receipts"]], function(r) isTRUE(r[["verified"]]), TRUE))
  cat("receipts verified: ", verified, "; task ", x[["task"]], "\n", sep = "")
}
