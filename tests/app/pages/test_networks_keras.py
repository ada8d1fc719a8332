"""Keras's functional code, counted as Keras's own guides print it in their summaries."""

import pytest

from app.address.refusal import Refusal
from app.pages.networks.own import Own, read_own

MLP = """
import keras
from keras import layers

inputs = keras.Input(shape=(784,))
dense = layers.Dense(64, activation="relu")
x = dense(inputs)
x = layers.Dense(64, activation="relu")(x)
outputs = layers.Dense(10)(x)
model = keras.Model(inputs=inputs, outputs=outputs, name="mnist_model")
model.summary()

(x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()
x_train = x_train.reshape(60000, 784).astype("float32") / 255
model.compile(loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True), optimizer=keras.optimizers.RMSprop())
history = model.fit(x_train, y_train, batch_size=64, epochs=2, validation_split=0.2)
"""
TOY_RESNET = """
inputs = keras.Input(shape=(32, 32, 3), name="img")
x = layers.Conv2D(32, 3, activation="relu")(inputs)
x = layers.Conv2D(64, 3, activation="relu")(x)
block_1_output = layers.MaxPooling2D(3)(x)

x = layers.Conv2D(64, 3, activation="relu", padding="same")(block_1_output)
x = layers.Conv2D(64, 3, activation="relu", padding="same")(x)
block_2_output = layers.add([x, block_1_output])

x = layers.Conv2D(64, 3, activation="relu", padding="same")(block_2_output)
x = layers.Conv2D(64, 3, activation="relu", padding="same")(x)
block_3_output = layers.add([x, block_2_output])

x = layers.Conv2D(64, 3, activation="relu")(block_3_output)
x = layers.GlobalAveragePooling2D()(x)
x = layers.Dense(256, activation="relu")(x)
x = layers.Dropout(0.5)(x)
outputs = layers.Dense(10)(x)

model = keras.Model(inputs, outputs, name="toy_resnet")
model.summary()
"""
XCEPTION = """
image_size = (180, 180)

def make_model(input_shape, num_classes):
    inputs = keras.Input(shape=input_shape)

    # Entry block
    x = layers.Rescaling(1.0 / 255)(inputs)
    x = layers.Conv2D(32, 3, strides=2, padding="same")(x)
    x = layers.BatchNormalization()(x)
    x = layers.Activation("relu")(x)

    x = layers.Conv2D(64, 3, padding="same")(x)
    x = layers.BatchNormalization()(x)
    x = layers.Activation("relu")(x)

    previous_block_activation = x  # Set aside residual

    for size in [128, 256, 512, 728]:
        x = layers.Activation("relu")(x)
        x = layers.SeparableConv2D(size, 3, padding="same")(x)
        x = layers.BatchNormalization()(x)

        x = layers.Activation("relu")(x)
        x = layers.SeparableConv2D(size, 3, padding="same")(x)
        x = layers.BatchNormalization()(x)

        x = layers.MaxPooling2D(3, strides=2, padding="same")(x)

        # Project residual
        residual = layers.Conv2D(size, 1, strides=2, padding="same")(previous_block_activation)
        x = layers.add([x, residual])  # Add back residual
        previous_block_activation = x  # Set aside next residual

    x = layers.SeparableConv2D(1024, 3, padding="same")(x)
    x = layers.BatchNormalization()(x)
    x = layers.Activation("relu")(x)

    x = layers.GlobalAveragePooling2D()(x)
    if num_classes == 2:
        units = 1
    else:
        units = num_classes

    x = layers.Dropout(0.25)(x)
    # We specify activation=None so as to return logits
    outputs = layers.Dense(units, activation=None)(x)
    return keras.Model(inputs, outputs)


model = make_model(input_shape=image_size + (3,), num_classes=2)
keras.utils.plot_model(model, show_shapes=True)
"""
AUTOENCODER = """
encoder_input = keras.Input(shape=(28, 28, 1), name="img")
x = layers.Conv2D(16, 3, activation="relu")(encoder_input)
x = layers.Conv2D(32, 3, activation="relu")(x)
x = layers.MaxPooling2D(3)(x)
x = layers.Conv2D(32, 3, activation="relu")(x)
x = layers.Conv2D(16, 3, activation="relu")(x)
encoder_output = layers.GlobalMaxPooling2D()(x)

encoder = keras.Model(encoder_input, encoder_output, name="encoder")
encoder.summary()

x = layers.Reshape((4, 4, 1))(encoder_output)
x = layers.Conv2DTranspose(16, 3, activation="relu")(x)
x = layers.Conv2DTranspose(32, 3, activation="relu")(x)
x = layers.UpSampling2D(3)(x)
x = layers.Conv2DTranspose(16, 3, activation="relu")(x)
decoder_output = layers.Conv2DTranspose(1, 3, activation="relu")(x)

autoencoder = keras.Model(encoder_input, decoder_output, name="autoencoder")
autoencoder.summary()
"""
UNET = """
from tensorflow.keras.layers import Input, Conv2D, MaxPooling2D, Conv2DTranspose, concatenate
from tensorflow.keras.models import Model

def double(x, filters):
    for i in range(2):
        x = Conv2D(filters, (3, 3), activation='relu', padding='same', kernel_initializer='he_normal')(x)
    return x

inputs = Input((64, 64, 3))
c1 = double(inputs, 8)
c2 = double(MaxPooling2D((2, 2))(c1), 16)
u1 = Conv2DTranspose(8, (2, 2), strides=(2, 2), padding='same')(c2)
u1 = concatenate([u1, c1], axis=3)
out = Conv2D(1, (1, 1), activation='sigmoid')(double(u1, 8))
model = Model(inputs=[inputs], outputs=[out])
model.compile(optimizer='adam', loss='binary_crossentropy', metrics=['accuracy'])
"""
SUBCLASS = """
class MyModel(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.conv1 = Conv2D(32, 3, activation='relu')
        self.flatten = Flatten()
        self.d1 = Dense(128, activation='relu')
        self.d2 = Dense(10)

    def call(self, x):
        x = self.conv1(x)
        x = self.flatten(x)
        x = self.d1(x)
        return self.d2(x)

model = MyModel()
"""
SEQUENTIAL = """
num_classes = 10
input_shape = (28, 28, 1)
model = keras.Sequential(
    [
        keras.Input(shape=input_shape),
        layers.Conv2D(32, kernel_size=(3, 3), activation="relu"),
        layers.MaxPooling2D(pool_size=(2, 2)),
        layers.Conv2D(64, kernel_size=(3, 3), activation="relu"),
        layers.MaxPooling2D(pool_size=(2, 2)),
        layers.Flatten(),
        layers.Dropout(0.5),
        layers.Dense(num_classes, activation="softmax"),
    ]
)
model.summary()
"""
ADDED = """
model = models.Sequential()
model.add(layers.Conv2D(32, (3, 3), activation='relu', input_shape=(32, 32, 3)))
model.add(layers.MaxPooling2D((2, 2)))
model.add(layers.Conv2D(64, (3, 3), activation='relu'))
model.add(layers.MaxPooling2D((2, 2)))
model.add(layers.Conv2D(64, (3, 3), activation='relu'))
model.add(layers.Flatten())
model.add(layers.Dense(64, activation='relu'))
model.add(layers.Dense(10))
"""
GUIDES = {
    "the multilayer perceptron of the functional guide": (MLP, 55_050, 54_912),
    "its toy ResNet": (TOY_RESNET, 223_242, None),
    "the small Xception of the pictures of cats and dogs": (XCEPTION, 2_773_913, None),
    "its autoencoder": (AUTOENCODER, 28_241, None),
    "a U-Net": (UNET, (224 + 584) + (1_168 + 2_320) + 520 + (1_160 + 584) + 9, None),
    "the expert’s quickstart": (SUBCLASS, 320 + 128 * (26 * 26 * 32 + 1) + 1_290, None),
    "the MNIST convnet": (SEQUENTIAL, 34_826, None),
    "the CNN tutorial": (ADDED, 122_570, None),
}


def own(layers: str, **more: str) -> Own:
    return read_own({"layers": layers, **more})


@pytest.mark.parametrize(("code", "parameters", "multiplications"), GUIDES.values(), ids=GUIDES.keys())
def test_code_is_counted_as_its_guide_prints_it(code: str, parameters: int, multiplications: int | None) -> None:
    found = own(code, **({"input": "28x28x1"} if code == SUBCLASS else {}))
    assert found.network.unknown == ()
    assert found.network.totals.parameters == parameters
    assert multiplications in (None, found.network.totals.multiplications)


def test_functional_code_is_followed_on_the_input_that_the_reader_writes() -> None:
    found = own(TOY_RESNET, input="3x64x64")
    assert found.network.input == (3, 64, 64)
    assert found.network.totals.parameters == 223_242


def test_layers_that_lead_to_no_output_are_left_out() -> None:
    code = "a = keras.Input((8, 8, 3))\nb = layers.Conv2D(4, 3)(a)\nc = layers.Conv2D(9, 3)(a)\nkeras.Model(a, b)"
    assert own(code).network.totals.parameters == 112


def test_an_input_that_is_left_open_is_asked_for() -> None:
    code = "a = keras.Input((None, None, 3))\nm = keras.Model(a, layers.Conv2D(4, 3)(a))"
    with pytest.raises(Refusal, match="28x28x1") as refused:
        own(code)
    assert refused.value.loc == ("input",)
    assert own(code, input="20x20x3").network.totals.parameters == 112


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("a = keras.Input((8, 8, 3))\nb = keras.Input((8, 8, 3))\nc = layers.add([a, b])\nkeras.Model([a, b], c)", 3),
        ("a = keras.Input((8, 8, 3))\nx = layers.Conv2D(4, 3)(a)\ny = tf.image.mystery(x)\nkeras.Model(a, y)", 3),
    ],
)
def test_what_cannot_be_followed_is_refused_with_its_line(code: str, line: int) -> None:
    with pytest.raises(Refusal, match=f"Line {line}"):
        own(code)


def test_a_layer_that_nobody_here_knows_is_named_and_nothing_is_summed() -> None:
    code = "a = keras.Input((8, 3))\nx = layers.LSTM(16)(a)\nkeras.Model(a, layers.Dense(2)(x))"
    assert own(code).network.unknown == ("LSTM",)
