"""The mathematics of convolution, in NumPy: it knows no web, no pixel and no URL.

The modules, in the order in which a reader may want them:

    axis              the one relation between an output cell, a tap and an input cell, along one axis
    convolution       the whole answer at once, fast
    transposed        the same relation solved for its input: every value stamps the kernel
    trace             the same answers step by step: an independent way, so that each checks the other
    relation          what each result reads, in every operation, as tables
    scatter           any linear operation from the side of its data: what each number adds, and where
    pooling           the largest, the mean or the length of each window
    adaptive          pooling to a size that is given
    unpooling         pooled values put back to where they came from
    pool_trace        pooling step by step
    gradients         backpropagation through convolution and pooling
    unfold            windows as the columns of a matrix, and columns added back
    unfold_trace      both, step by step
    matrix            a convolution as a sparse matrix
    activation        what follows a convolution in a network, with the same bits on every machine
    elementary        powers and logarithms, with the same bits on every machine
    softmax           from scores to probabilities, and to a loss
    filtering         one kernel over each plane of a photograph, fast and in bands
    classifier        ten templates, one for each digit
    filters           kernels with a name, and what each one shows
    valley            two weights, the loss over them, and the ways down
    learning          a kernel learned by gradient descent
    layers            what may stand in a network: one layer, in PyTorch's words
    windows           how a layer lies along the axes of a map
    graph             a network as a directed graph: the shape and the cost of each node
    memory            how many numbers a graph keeps at one time
    stack             a network as people write it down: layers, branches, maps with names
    receptive_field   what a unit of a stack sees, on a line without ends
    path_counts       which cells it truly reads on a map with borders, and along how many paths
    effective_field   how much each of those cells moves it
    network           whole networks, counted; their files are in architectures/
    collapse          layers that are one layer
    batched           layers on many digits at once, forward and backward: what training needs
    trainable         a stack of layers as something that learns
    augmentation      digits changed a little each time
    training          mini-batch gradient descent, step by step
    finetuning        two new signs behind LeNet's locked layers
    mnist             ten thousand handwritten digits, in digits/
    lenet             a trained network as it runs; its weights are in weights/
    saliency          how much each pixel moves one of its scores
    occlusion         what it answers when a patch covers a part of the picture
    patches           what excites each of its units most
    cached            values that an object computes once, without keeping other threads waiting

And the package `computation`: a graph of small computations, forward and backward.
"""
