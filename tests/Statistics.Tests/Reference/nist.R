# NIST's Statistical Reference Datasets for linear regression (www.itl.nist.gov/div898/strd), with the values that NIST certifies:
# they are typed from there, and R only writes them down.
#   LC_ALL=C Rscript nist.R          writes longley.csv, wampler.csv, filip.csv and nist.json beside itself

source("json.R")
nested <- function(x) if (is.list(x)) paste0("{", paste(sprintf("%s: %s", text(names(x)), sapply(x, nested)), collapse = ", "), "}") else json(x)
cases <- c()
add <- function(data, formula, expected) cases <<- c(cases, nested(list(algorithm = "linear", data = data, arguments = list(formula = formula), expected = expected)))

# Longley (1967): R's data in NIST's units
longley <- with(datasets::longley, data.frame(y = round(1000 * Employed), x1 = GNP.deflator, x2 = round(1000 * GNP), x3 = round(10 * Unemployed),
  x4 = round(10 * Armed.Forces), x5 = round(1000 * Population), x6 = Year))
write.csv(longley, "longley.csv", row.names = FALSE)
add("longley", "y ~ x1 + x2 + x3 + x4 + x5 + x6", list(
  coefficients = c("(Intercept)" = -3482258.63459582, x1 = 15.0618722713733, x2 = -0.358191792925910e-1, x3 = -2.02022980381683,
    x4 = -1.03322686717359, x5 = -0.511041056535807e-1, x6 = 1829.15146461355),
  standardErrors = c("(Intercept)" = 890420.383607373, x1 = 84.9149257747669, x2 = 0.334910077722432e-1, x3 = 0.488399681651699,
    x4 = 0.214274163161675, x5 = 0.226073200069370, x6 = 455.478499142212),
  residualStandardError = 304.854073561965, rSquared = 0.995479004577296,
  fStatistic = list(value = 330.285339234588, numerator = 6, denominator = 9)))

# Wampler (1970): a polynomial of degree 5 with all coefficients 1, and residuals of growing size
x <- 0:20
delta <- c(759, -2048, 2048, -2048, 2523, -2048, 2048, -2048, 1838, -2048, 2048, -2048, 1838, -2048, 2048, -2048, 2523, -2048, 2048, -2048, 759)
write.csv(data.frame(x, y3 = outer(x, 0:5, "^") %*% rep(1, 6) + delta, y4 = outer(x, 0:5, "^") %*% rep(1, 6) + 100 * delta,
  y5 = outer(x, 0:5, "^") %*% rep(1, 6) + 10000 * delta), "wampler.csv", row.names = FALSE)
names <- c("(Intercept)", "x", "I(x^2)", "I(x^3)", "I(x^4)", "I(x^5)")
for (k in 3:5) add("wampler", paste0("y", k, " ~ x + I(x^2) + I(x^3) + I(x^4) + I(x^5)"), list(
  coefficients = setNames(rep(1, 6), names),
  standardErrors = setNames(100^(k - 3) * c(2152.32624678170, 2363.55173469681, 779.343524331583, 101.475507550350, 5.64566512170752, 0.112324854679312), names),
  residualStandardError = 100^(k - 3) * 2360.14502379268, rSquared = c(0.999995559025820, 0.957478440825662, 0.224668921574940e-2)[k - 2]))

# Filip: a polynomial of degree 10 whose powers of x are so nearly dependent (a condition of 1.8e15) that R's lm, and so ours, takes the
# last for determined by the others. Powers of x + 6 span the same, and the coefficient of the tenth is the same.
x <- c(-6.860120914, -4.324130045, -4.358625055, -4.358426747, -6.955852379, -6.661145254, -6.355462942, -6.118102026, -7.115148017,
  -6.815308569, -6.519993057, -6.204119983, -5.853871964, -6.109523091, -5.79832982, -5.482672118, -5.171791386, -4.851705903,
  -4.517126416, -4.143573228, -3.709075441, -3.499489089, -6.300769497, -5.953504836, -5.642065153, -5.031376979, -4.680685696,
  -4.329846955, -3.928486195, -8.56735134, -8.363211311, -8.107682739, -7.823908741, -7.522878745, -7.218819279, -6.920818754,
  -6.628932138, -6.323946875, -5.991399828, -8.781464495, -8.663140179, -8.473531488, -8.247337057, -7.971428747, -7.676129393,
  -7.352812702, -7.072065318, -6.774174009, -6.478861916, -6.159517513, -6.835647144, -6.53165267, -6.224098421, -5.910094889,
  -5.598599459, -5.290645224, -4.974284616, -4.64454848, -4.290560426, -3.885055584, -3.408378962, -3.13200249, -8.726767166,
  -8.66695597, -8.511026475, -8.165388579, -7.886056648, -7.588043762, -7.283412422, -6.995678626, -6.691862621, -6.392544977,
  -6.067374056, -6.684029655, -6.378719832, -6.065855188, -5.752272167, -5.132414673, -4.811352704, -4.098269308, -3.66174277, -3.2644011)
y <- c(0.8116, 0.9072, 0.9052, 0.9039, 0.8053, 0.8377, 0.8667, 0.8809, 0.7975, 0.8162, 0.8515, 0.8766, 0.8885, 0.8859, 0.8959, 0.8913,
  0.8959, 0.8971, 0.9021, 0.909, 0.9139, 0.9199, 0.8692, 0.8872, 0.89, 0.891, 0.8977, 0.9035, 0.9078, 0.7675, 0.7705, 0.7713, 0.7736,
  0.7775, 0.7841, 0.7971, 0.8329, 0.8641, 0.8804, 0.7668, 0.7633, 0.7678, 0.7697, 0.77, 0.7749, 0.7796, 0.7897, 0.8131, 0.8498, 0.8741,
  0.8061, 0.846, 0.8751, 0.8856, 0.8919, 0.8934, 0.894, 0.8957, 0.9047, 0.9129, 0.9209, 0.9219, 0.7739, 0.7681, 0.7665, 0.7703, 0.7702,
  0.7761, 0.7809, 0.7961, 0.8253, 0.8602, 0.8809, 0.8301, 0.8664, 0.8834, 0.8898, 0.8964, 0.8963, 0.9074, 0.9119, 0.9228)
write.csv(data.frame(y, x), "filip.csv", row.names = FALSE)
powers <- c("x", paste0("I(x^", 2:10, ")"))
add("filip", paste("y ~", paste(powers, collapse = " + ")), list(collinear = I(powers[10])))
add("filip", paste("y ~", paste0("I((x + 6)^", 1:10, ")", collapse = " + ")), list(
  coefficients = c("I((x + 6)^10)" = -0.402962525080404e-4), standardErrors = c("I((x + 6)^10)" = 0.896632837373868e-5),
  residualStandardError = 0.334801051324544e-2, rSquared = 0.996727416185620,
  fStatistic = list(value = 2162.43954511489, numerator = 10, denominator = 71)))

writeLines(c("[", paste0(cases, c(rep(",", length(cases) - 1), "")), "]"), "nist.json")
