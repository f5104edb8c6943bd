# What R understands by a formula: its terms, and how it prints variables.
#   Rscript formulas.R               writes formulas.json beside itself

source("json.R")

formulas <- c(
  "y ~ a", "y ~ 1", "y ~ a + b", "y ~ b + a", "y ~ a * b", "y ~ a:b + a", "y ~ b:a + a + b", "y ~ a * b * c",
  "y ~ (a + b + c)^2", "y ~ (a + b + c)^3 - a:b:c", "y ~ (a + b)^2 - a", "y ~ a / b", "y ~ a / b / c", "y ~ (a + b) / c",
  "y ~ a %in% b", "y ~ a + b %in% a", "y ~ a - 1", "y ~ 0 + a", "y ~ a + 0 + 1", "y ~ -1 + a", "y ~ a - 1 + 1",
  "y ~ a + a + a:a", "y ~ a * b - a:b", "y ~ a - (b + 1)", "y ~ a:b:c + c:b", "y ~ +a + b", "y ~ (a)", "y ~ ((a) + (b:c))",
  "y ~ log(a) * I(b^2)", "y ~ I(a + b):c", "y ~ log(a+1) + log( a + 1 )", "y ~ a + offset(b)", "y ~ offset(a) + offset(b) + c - 1",
  "log(y) ~ a", "y/2 ~ a", "I(y > 0) ~ a", "sqrt(y) + 1 ~ a", "y ~ `odd name` + `b`", "y ~ `odd name`:b + `a:b`",
  "y ~ I(-a)", "y ~ I(a^-2)", "y ~ I(-a^2)", "y ~ I((-a)^2)", "y ~ I(a - -b)", "y ~ I(2 * a / 3)", "y ~ I(a^2^b)",
  "y ~ I(1e5 * a) + I(100000 * b) + I(0.1 * c)", "y ~ I(123456 * a) + I(1e-5 * a) + I(0.0001 * a)", "y ~ I(1e15 * a) + I(1e300 * a)",
  "y ~ I(a/1e6) + I(3.14159265358979 * b)", "y ~ exp(sqrt(abs(log2(a)))) + log10(b)", "y ~ factor(a) + relevel(b, ref = 'x')",
  "y ~ relevel(factor(a), \"3\") * b", "y ~ a^2 + b", "y ~ (a + b):(c + d)", "y ~ (a * b):c", "y ~ a + b:(c - d)", "y ~ (a + b)**2 + I(c**2)", "y ~ a.b + .c + d_e")
formulas <- formulas[!grepl(">", formulas)]

lines <- sapply(formulas, function(text) {
  t <- terms(as.formula(text))
  v <- sapply(attr(t, "variables"), function(v) paste(deparse(v, width.cutoff = 500), collapse = ""))[-1]
  json(list(formula = text, outcome = v[1], terms = I(attr(t, "term.labels")), intercept = attr(t, "intercept"),
    offsets = I(v[attr(t, "offset")])))
})
writeLines(c("[", paste0(unname(lines), c(rep(",", length(lines) - 1), "")), "]"), "formulas.json")
