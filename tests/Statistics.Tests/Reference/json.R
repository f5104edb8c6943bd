# Writes R's values as JSON, numbers with 17 digits.

json <- function(x) {
  if (is.null(x)) return("null")
  if (length(x) == 0) return("[]")
  if (is.list(x)) return(paste0("{", paste(sprintf("%s: %s", text(names(x)), sapply(x, json)), collapse = ", "), "}"))
  if (is.matrix(x)) return(paste0("[", paste(apply(x, 1, function(r) json(I(unname(r)))), collapse = ", "), "]"))
  cells <- if (is.character(x)) text(x) else if (is.logical(x) && !all(is.na(x))) tolower(x)
           else ifelse(is.finite(x), sprintf("%.17g", x), "null")
  if (!is.null(names(x))) return(paste0("{", paste(sprintf("%s: %s", text(names(x)), cells), collapse = ", "), "}"))
  if (length(x) == 1 && !inherits(x, "AsIs")) cells else paste0("[", paste(cells, collapse = ", "), "]")
}
text <- function(x) paste0('"', gsub('"', '\\\\"', gsub("\\\\", "\\\\\\\\", x)), '"')
