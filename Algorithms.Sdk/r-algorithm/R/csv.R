# Reads CSV by the same strict rules as the other kits. R's own readers take what breaks them, and their words on a fault
# may hold a cell.

# One cell and what ends it. Possessive, so that no cell is ever tried twice.
csv_cell <- '\\G(?:"([^"]*+(?:""[^"]*+)*+)"|((?:[^"%s\r\n][^%s\r\n]*+)?))(%s|\r?\n|\r|\\z)'

csv_read <- function(table) {
  text <- csv_text(table)
  delimiter <- paste0("\\x", as.character(charToRaw(table$delimiter)))
  found <- gregexpr(sprintf(csv_cell, delimiter, delimiter, delimiter), text, perl = TRUE, useBytes = TRUE)[[1]]
  starts <- as.integer(found)
  ends <- starts + attr(found, "match.length")
  size <- nchar(text, "bytes")
  if (found[1] == -1 || ends[length(ends)] <= size) {
    broken <- if (found[1] == -1) 1 else ends[length(ends)]
    data_invalid(sprintf("'%s', line %d: a quote is never closed, or text stands after a closing quote.",
                         table$label, csv_line(text, broken)))
  }
  captured <- attr(found, "capture.start")
  lengths <- attr(found, "capture.length")
  piece <- function(which) substring_bytes(text, captured[, which], lengths[, which])
  quoted <- captured[, 1] > 0 & substring_bytes(text, starts, rep(1L, length(starts))) == "\""
  cells <- ifelse(quoted, gsub("\"\"", "\"", piece(1), fixed = TRUE, useBytes = TRUE), piece(2))
  last <- substring_bytes(text, captured[, 3], lengths[, 3]) != table$delimiter
  # Past the last line end there is an empty match, which is no row.
  if (starts[length(starts)] > size && length(starts) > 1 && last[length(last) - 1]) {
    keep <- -length(starts)
    cells <- cells[keep]
    last <- last[keep]
    starts <- starts[keep]
  }
  Encoding(cells) <- "UTF-8"
  if (!all(validUTF8(cells))) {
    data_invalid(sprintf("'%s', line %d: bytes that are not %s.", table$label,
                         csv_line(text, starts[which(!validUTF8(cells))[1]]), table$encoding))
  }
  csv_rows(table, cells, last, starts, text)
}

csv_rows <- function(table, cells, last, starts, text) {
  first <- c(TRUE, last[-length(last)])
  row <- cumsum(first)
  counts <- tabulate(row)
  lines <- starts[first]
  width <- counts[1]
  empty <- counts == 1 & cells[first] == ""
  if (table$header && empty[1]) {
    data_invalid(sprintf("'%s', line 1: empty, where the names of the columns are expected.", table$label))
  }
  if (width > 1) {
    keep <- !empty[row]
    cells <- cells[keep]
    counts <- counts[!empty]
    lines <- lines[!empty]
  }
  if (any(counts != width)) {
    odd <- which(counts != width)[1]
    data_invalid(sprintf("'%s', line %d: %d cells where %d are expected.", table$label, csv_line(text, lines[odd]), counts[odd], width))
  }
  table$line_of <- function(row) csv_line(text, lines[row + (if (table$header) 1 else 0)])
  matrix <- matrix(cells, ncol = width, byrow = TRUE)
  names <- if (table$header) matrix[1, ] else paste0("column", seq_len(width))
  names[names == ""] <- paste0("column", seq_len(width))[names == ""]
  if (anyDuplicated(names)) {
    second <- anyDuplicated(names)
    data_invalid(sprintf("'%s', line 1: columns %d and %d are both called '%s'.",
                         table$label, match(names[second], names), second, names[second]))
  }
  rows <- if (table$header) matrix[-1, , drop = FALSE] else matrix
  stats::setNames(lapply(seq_len(width), function(i) rows[, i]), names)
}

csv_text <- function(table) {
  if (!file.exists(table$path)) data_invalid(sprintf("'%s' cannot be opened.", table$label))
  if (file.size(table$path) >= 2^31) data_invalid(sprintf("'%s' is larger than 2 GiB, which R can't read at once.", table$label))
  bytes <- readBin(table$path, "raw", file.size(table$path))
  if (length(bytes) == 0) data_invalid(sprintf("'%s' is empty.", table$label))
  if (tolower(table$encoding) != "utf-8") {
    bytes <- or(iconv(list(bytes), table$encoding, "UTF-8", toRaw = TRUE)[[1]],
                data_invalid(sprintf("'%s': bytes that are not %s.", table$label, table$encoding)))
  }
  if (any(bytes == 0)) data_invalid(sprintf("'%s': a byte is zero, so it is not %s.", table$label, table$encoding))
  if (length(bytes) >= 3 && identical(bytes[1:3], as.raw(c(0xef, 0xbb, 0xbf)))) bytes <- bytes[-(1:3)]
  text <- rawToChar(bytes)
  Encoding(text) <- "bytes"
  text
}

substring_bytes <- function(text, starts, lengths) {
  pieces <- regmatches_bytes(text, starts, lengths)
  pieces[lengths <= 0] <- ""
  pieces
}

regmatches_bytes <- function(text, starts, lengths) {
  Encoding(text) <- "latin1"
  substring(text, starts, starts + lengths - 1L)
}

csv_line <- function(text, place) {
  above <- charToRaw(regmatches_bytes(text, 1L, place - 1L))
  1L + sum(above == as.raw(10))
}
