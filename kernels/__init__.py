"""The mathematics of convolution, in NumPy: it knows no web, no pixel and no URL.

The modules, in the order in which a reader may want them:

    axis         the one relation between an output cell, a tap and an input cell, along one axis
    convolution  the whole answer at once, fast
    transposed   the same relation solved for its input: every value stamps the kernel
    trace        the same answers told step by step: an independent way, so that each checks the other
    stamps       a transposed convolution told stamp by stamp, with the same bytes
    pooling      the largest, the mean or the length of each window
    adaptive     pooling to a size that is given
    unpooling    pooled values put back to where they came from
    pool_trace   pooling told step by step
    gradients    backpropagation through convolution and pooling
    unfold       windows as the columns of a matrix, and columns added back
    matrix       a convolution as a sparse matrix
    activation   what follows a convolution in a network, with the same bits on every machine
    filters      kernels with a name, and what each one shows
"""
