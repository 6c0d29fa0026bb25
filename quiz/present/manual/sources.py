"""Where the methods come from: the works that the manual cites, in the order of their authors."""

from __future__ import annotations

SOURCES = (
    "American Educational Research Association, American Psychological Association, & National Council on Measurement "
    "in Education. (2014). Standards for educational and psychological testing.",
    "Bartholomew, D. J., Knott, M., & Moustaki, I. (2011). Latent variable models and factor analysis: A unified "
    "approach (3rd ed.). Wiley.",
    "European Federation of Psychologists’ Associations. (2013). EFPA review model for the description and evaluation "
    "of psychological and educational tests (Version 4.2.6).",
    "Payne, R. W., & Jones, H. G. (1957). Statistics for the investigation of individual cases. Journal of Clinical "
    "Psychology, 13, 115–121.",
    "Samejima, F. (1969). Estimation of latent ability using a response pattern of graded scores. Psychometrika "
    "Monograph Supplement, 17.",
    "Sheppard, W. F. (1899). On the application of the theory of error to cases of normal distribution and normal "
    "correlation. Philosophical Transactions of the Royal Society A, 192, 101–167.",
)
