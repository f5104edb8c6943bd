# JSON as the contract has it: no doubled members, no NaN, no infinities, text that is text.

deepest <- 64

# One JSON value out of a file's bytes; an error of class vantage_json says what is wrong.
json_read <- function(bytes) {
  text <- if (any(bytes == 0)) json_fault("a byte is zero") else rawToChar(bytes)
  Encoding(text) <- "UTF-8"
  if (!validUTF8(text)) json_fault("bytes that are not UTF-8")
  if (!grepl("[^ \t\r\n]", text)) json_fault("it is empty")
  # What R has no text for has to be refused before the parser makes something else of it.
  if (grepl("(?<!\\\\)(\\\\\\\\)*\\\\u0000", text, perl = TRUE)) json_fault("a text holds a zero character")
  pairs <- gsub("\\\\u[dD][89abAB][0-9a-fA-F]{2}\\\\u[dD][c-fC-F][0-9a-fA-F]{2}", "", text, perl = TRUE)
  if (grepl("(?<!\\\\)(\\\\\\\\)*\\\\u[dD][89a-fA-F]", pairs, perl = TRUE)) json_fault("a text holds half of a surrogate pair")
  if (json_depth(text) > deepest) json_fault("it is nested too deeply")
  value <- tryCatch(jsonlite::parse_json(text, simplifyVector = FALSE), error = function(e) json_fault("it breaks the grammar"))
  json_check(value, endless = "a number is beyond the range of a double")
  value
}

# Written here, since jsonlite rounds to 15 digits: every double comes back as it was.
json_write <- function(value) {
  json_check(value)
  charToRaw(enc2utf8(json_text(value)))
}

json_text <- function(value) {
  if (is.null(value)) return("null")
  if (is.data.frame(value)) value <- lapply(seq_len(nrow(value)), function(row) as.list(value[row, , drop = FALSE]))
  if (is.factor(value)) value <- as.character(value)
  if (is.list(value)) {
    parts <- vapply(unname(value), json_text, "")
    if (is.null(names(value))) return(paste0("[", paste(parts, collapse = ","), "]"))
    return(paste0("{", if (length(parts)) paste0(vapply(names(value), json_quote, ""), ":", parts, collapse = ","), "}"))
  }
  if (!is.null(names(value)) && !inherits(value, "AsIs")) return(json_text(as.list(value)))
  parts <- if (is.character(value)) vapply(unname(value), json_quote, "") else if (is.logical(value)) ifelse(value, "true", "false")
    else vapply(as.numeric(value), json_number, "")
  if (length(parts) == 1 && !inherits(value, "AsIs")) parts else paste0("[", paste(parts, collapse = ","), "]")
}

json_quote <- function(text) as.character(jsonlite::toJSON(enc2utf8(text), auto_unbox = TRUE))

json_number <- function(number) {
  if (number == trunc(number) && abs(number) < 2^53) return(sprintf("%.0f", number))
  short <- sprintf("%.15g", number)
  if (identical(json_exact(short), number)) short else sprintf("%.17g", number)
}

# Text as doubles, correctly rounded: R's own as.numeric() is now and then one bit off.
json_exact <- function(texts) {
  if (length(texts) == 0) numeric() else as.numeric(jsonlite::parse_json(paste0("[", paste(texts, collapse = ","), "]"), simplifyVector = TRUE))
}

# A list that is an object even when it is empty.
json_object <- function(values = list()) {
  values <- as.list(values)
  if (length(values) == 0) structure(list(), names = character()) else values
}

json_fault <- function(message) {
  stop(structure(class = c("vantage_json", "error", "condition"), list(message = message, call = NULL)))
}

json_check <- function(value, endless = "NaN, NA and infinite numbers are nothing that JSON can hold; NULL is, where there is no number") {
  if (is.list(value)) {
    names <- names(value)
    if (anyDuplicated(names[nzchar(names)])) json_fault(sprintf("'%s' is given twice", names[anyDuplicated(names)]))
    for (member in value) json_check(member, endless)
  } else if (is.numeric(value) && any(!is.finite(value))) {
    json_fault(endless)
  } else if (anyNA(value)) {
    json_fault("NA is nothing that JSON can hold; NULL is")
  }
}

json_depth <- function(text) {
  bare <- gsub('"(\\\\.|[^"\\\\])*"', "", text, perl = TRUE)
  brackets <- utf8ToInt(gsub("[^][{}]", "", bare, perl = TRUE))
  if (length(brackets) == 0) 0 else max(cumsum(ifelse(brackets %in% utf8ToInt("[{"), 1, -1)))
}
