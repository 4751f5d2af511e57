import sonnet as snt
import tensorflow as tf


def main(unused_argv):
    model = snt.Sequential([
        snt.Conv2D(32, 3, 1),
        tf.nn.relu,
        snt.Linear(10),
    ])
    optimizer = snt.optimizers.SGD(0.1)
    return model, optimizer
