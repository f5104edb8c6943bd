# Turns a task's JSON into a function's arguments. Strict: a misspelled argument taken for absent would answer another
# question than was asked.

#' The types of arguments. One with a default may be left out; arg_column() marks what names columns: a node then gives
#' the function these columns and no others.
arg_text <- function(default) argument("string", missing(default), if (!missing(default)) default)
arg_column <- function(default) argument("string", missing(default), if (!missing(default)) default, column = TRUE)
arg_number <- function(default) argument("number", missing(default), if (!missing(default)) default)
#' Whole numbers up to 2^53, which is what R can hold.
arg_integer <- function(default) argument("integer", missing(default), if (!missing(default)) default)
arg_logical <- function(default) argument("boolean", missing(default), if (!missing(default)) default)
arg_list <- function(of, default) {
  argument("array", missing(default), if (!missing(default)) default, column = of$column, items = of)
}
#' Whatever it is, the function checks it itself.
arg_any <- function(default) argument(NULL, missing(default), if (!missing(default)) default)

argument <- function(type, required, default, column = FALSE, items = NULL) {
  list(type = type, required = required, default = default, column = column, items = items)
}

arguments_schema <- function(arguments) {
  required <- names(Filter(function(a) a$required, arguments))
  list(type = "object", properties = json_object(lapply(arguments, argument_schema)), required = as.list(required),
       additionalProperties = FALSE)
}

argument_schema <- function(argument) {
  schema <- if (is.null(argument$type)) json_object() else list(type = argument$type)
  if (!is.null(argument$items)) schema$items <- argument_schema(argument$items)
  schema
}

arguments_columns <- function(arguments) names(Filter(function(a) isTRUE(a$column), arguments))

arguments_read <- function(arguments, bytes) {
  given <- tryCatch(json_read(bytes), vantage_json = function(e) {
    run_failed("arguments-invalid", sprintf("The arguments are not one JSON value: %s.", conditionMessage(e)))
  })
  if (!is.list(given) || (is.null(names(given)))) {
    word <- if (is.list(given)) "an array" else if (is.null(given)) "null" else if (is.character(given)) "a text"
      else if (is.logical(given)) "a truth value" else "a number"
    run_failed("arguments-invalid", sprintf('The arguments are a JSON object, such as {"name": \u2026}; this is %s.', word))
  }
  arguments_check(arguments, given)
}

arguments_check <- function(arguments, given) {
  for (name in names(given)) {
    if (!name %in% names(arguments)) {
      takes <- if (length(arguments)) paste0("'", names(arguments), "'", collapse = ", ") else "nothing"
      arguments_invalid(name, sprintf("this function does not take it. It takes: %s.", takes))
    }
  }
  checked <- lapply(names(arguments), function(name) {
    if (name %in% names(given)) argument_convert(given[[name]], arguments[[name]], name)
    else if (arguments[[name]]$required) arguments_invalid(name, "required, and not given.")
    else arguments[[name]]$default
  })
  stats::setNames(checked, names(arguments))
}

argument_convert <- function(value, argument, path) {
  type <- argument$type
  if (is.null(type)) return(value)
  one <- length(value) == 1 && !is.list(value)
  if (is.null(value) && !argument$required && is.null(argument$default)) return(NULL)
  if (type == "string" && one && is.character(value)) return(value)
  if (type == "boolean" && one && is.logical(value)) return(value)
  if (type == "number" && one && is.numeric(value)) return(as.numeric(value))
  if (type == "integer" && one && is.numeric(value) && value == trunc(value) && abs(value) <= 2^53) return(value)
  if (type == "array" && is.null(names(value)) && (is.list(value) || is.atomic(value)) && !is.null(value)) {
    items <- as.list(value)
    items <- Map(function(v, i) argument_convert(v, argument$items, sprintf("%s[%d]", path, i)), items, seq_along(items) - 1)
    return(if (is.null(argument$items$type) || argument$items$type == "array") items else vector_of(items, argument$items$type))
  }
  arguments_invalid(path, "not of the type this function takes.")
}

vector_of <- function(items, type) {
  c(switch(type, string = character(), boolean = logical(), numeric()), unlist(items))
}
