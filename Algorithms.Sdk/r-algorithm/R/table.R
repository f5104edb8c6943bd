# The tables beside which a function runs. Missing cells are NA.

number_pattern <- "^[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?$"
not_finite_pattern <- "^[+-]?([iI][nN][fF]|[iI][nN][fF][iI][nN][iI][tT][yY])$"
nan_pattern <- "^[+-]?[nN][aA][nN]$"

new_table <- function(data) {
  if (data$format != "csv") {
    data_invalid(sprintf("'%s' has the format '%s', and this kit reads csv only.", data$label, data$format))
  }
  options <- data$options
  declared <- stats::setNames(lapply(data$schema, function(c) c$type), lapply(data$schema, function(c) c$name))
  structure(class = "vantage_table", list2env(parent = emptyenv(), list(
    label = data$label, path = data$path, declared = declared,
    found = stats::setNames(lapply(data$schema, function(c) c$found), names(declared)),
    delimiter = or(options$delimiter, ","), decimal = or(options$decimal, "."), header = or(options$header, TRUE),
    encoding = or(options$encoding, "utf-8"),
    missing = c("", unlist(if (is.null(options$missing)) "NA" else options$missing)), cells = NULL)))
}

#' Each column's name and what it holds, "number" or "text", in the table's order.
vantage_columns <- function(table) {
  cells <- table_cells(table)
  vapply(names(cells), function(name) {
    if (!is.null(table$declared[[name]])) return(table$declared[[name]])
    if (all(is_number_or_missing(table, cells[[name]]))) "number" else "text"
  }, "")
}

#' The columns named, or all, as a data frame: numbers as doubles, text as character.
vantage_frame <- function(table, columns = NULL, text = character()) {
  cells <- table_cells(table)
  for (name in columns) {
    if (!name %in% names(cells)) data_invalid(sprintf("'%s' has no column '%s'.", table$label, name))
  }
  names <- if (is.null(columns)) names(cells) else columns
  kinds <- vantage_columns(table)
  read <- lapply(names, function(name) {
    if (kinds[[name]] == "number" && !name %in% text) as_numbers(table, name) else as_texts(table, cells[[name]])
  })
  as.data.frame(stats::setNames(read, names), check.names = FALSE, optional = TRUE)
}

#' One column as numbers, an error if it holds anything else.
as_numbers <- function(table, name) {
  cells <- table_cells(table)[[name]]
  if (is.null(cells)) data_invalid(sprintf("'%s' has no column '%s'.", table$label, name))
  if (identical(table$declared[[name]], "text")) {
    data_invalid(holds_text(table, name))
  }
  list_it <- " If it stands for a missing value, list it in the source's option 'missing'."
  missing <- cells %in% table$missing | grepl(nan_pattern, cells)
  wrong <- which(!is_number_or_missing(table, cells))
  if (length(wrong)) {
    data_invalid(sprintf("'%s', line %d, column '%s': not a number.%s", table$label, table$line_of(wrong[1]), name, list_it))
  }
  numbers <- rep(NA_real_, length(cells))
  given <- plain_numbers(table, cells[!missing])
  numbers[!missing] <- suppressWarnings(as.numeric(given))
  endless <- which(!missing & !is.finite(numbers))
  if (length(endless)) {
    data_invalid(sprintf("'%s', line %d, column '%s': infinite, or beyond the range of a double.%s",
                         table$label, table$line_of(endless[1]), name, list_it))
  }
  numbers[!missing] <- json_exact(json_spelling(given))
  numbers
}

# A number as JSON spells it.
json_spelling <- function(numbers) {
  numbers <- sub("^[+]", "", numbers)
  numbers <- sub("^(-?)0+([0-9])", "\\1\\2", numbers)
  numbers <- sub("^(-?)[.]", "\\10.", numbers)
  sub("[.]($|[eE])", "\\1", numbers)
}

# The node looked at every cell: one out of place is enough, and then it matters which.
holds_text <- function(table, name) {
  found <- table$found[[name]]
  if (is.null(found)) return(sprintf("Column '%s' of '%s' is declared to hold text, not numbers.", name, table$label))
  others <- if (found$numbers > 0) sprintf("; %.0f other cells are numbers, %.0f in all are not", found$numbers, found$texts) else ""
  sprintf(paste0("Column '%s' of '%s' holds text, not numbers: the first cell that is not a number is in %s%s. ",
                 "Correct it, or list the code in the source's option 'missing'."), name, table$label, found$where, others)
}

as_texts <- function(table, cells) {
  cells[cells %in% table$missing] <- NA_character_
  cells
}

is_number_or_missing <- function(table, cells) {
  cells %in% table$missing | grepl(number_pattern, plain_numbers(table, cells)) | grepl(nan_pattern, cells) |
    grepl(not_finite_pattern, cells)
}

plain_numbers <- function(table, cells) {
  if (table$decimal == ".") return(cells)
  ifelse(grepl(".", cells, fixed = TRUE), "x", sub(table$decimal, ".", cells, fixed = TRUE))
}

table_cells <- function(table) {
  if (is.null(table$cells)) table$cells <- csv_read(table)
  table$cells
}

or <- function(value, default) if (is.null(value)) default else value
