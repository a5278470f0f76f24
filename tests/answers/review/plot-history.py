# Answers to plot-history of review: a figure with a training and a validation line

# %% right: subplots and two lines
def plot_history(training_losses, validation_losses):
    figure, axes = plt.subplots()
    epochs = range(1, len(training_losses) + 1)
    axes.plot(epochs, training_losses, label="training")
    axes.plot(epochs, validation_losses, label="validation")
    axes.set_xlabel("epoch")
    axes.set_ylabel("loss")
    axes.legend()
    return figure

# %% right: pyplot throughout
def plot_history(training_losses, validation_losses):
    figure = plt.figure()
    epochs = list(range(1, 1 + len(training_losses)))
    plt.plot(epochs, validation_losses, "o--", label="validation")
    plt.plot(epochs, training_losses, "o-", label="training")
    plt.xlabel("epoch")
    plt.ylabel("mean squared error")
    plt.title("How it went")
    plt.legend()
    return figure

# %% right: a figure of its own, tensors for the epochs
def plot_history(training_losses, validation_losses):
    from matplotlib.figure import Figure

    figure = Figure()
    axes = figure.subplots()
    epochs = torch.arange(len(training_losses)) + 1
    for name, losses in (("training", training_losses), ("validation", validation_losses)):
        axes.plot(epochs, losses, label=name)
    axes.set(xlabel="epoch", ylabel="loss")
    axes.legend()
    return figure

# %% wrong: epochs from 0 -> epochs-from-zero cell="plot-history-drawn"
def plot_history(training_losses, validation_losses):
    figure, axes = plt.subplots()
    axes.plot(training_losses, label="training")
    axes.plot(validation_losses, label="validation")
    axes.set_xlabel("epoch")
    axes.set_ylabel("loss")
    axes.legend()
    return figure

# %% wrong: labels exchanged -> labels-of-lines-exchanged cell="plot-history-drawn"
def plot_history(training_losses, validation_losses):
    figure, axes = plt.subplots()
    epochs = range(1, len(training_losses) + 1)
    axes.plot(epochs, training_losses, label="validation")
    axes.plot(epochs, validation_losses, label="training")
    axes.set_xlabel("epoch")
    axes.set_ylabel("loss")
    axes.legend()
    return figure

# %% wrong: no figure returned -> unnamed cell="plot-history-drawn"
def plot_history(training_losses, validation_losses):
    figure, axes = plt.subplots()
    epochs = range(1, len(training_losses) + 1)
    axes.plot(epochs, training_losses, label="training")
    axes.plot(epochs, validation_losses, label="validation")
    axes.set_xlabel("epoch")
    axes.set_ylabel("loss")
    axes.legend()

# %% wrong: only one line -> unnamed cell="plot-history-drawn"
def plot_history(training_losses, validation_losses):
    figure, axes = plt.subplots()
    axes.plot(range(1, len(training_losses) + 1), training_losses, label="training")
    axes.set_xlabel("epoch")
    axes.set_ylabel("loss")
    axes.legend()
    return figure

# %% wrong: no legend -> legend-missing cell="plot-history-drawn"
def plot_history(training_losses, validation_losses):
    figure, axes = plt.subplots()
    epochs = range(1, len(training_losses) + 1)
    axes.plot(epochs, training_losses, label="training")
    axes.plot(epochs, validation_losses, label="validation")
    axes.set_xlabel("epoch")
    axes.set_ylabel("loss")
    return figure

# %% wrong: no axis labels -> axis-labels-missing cell="plot-history-drawn"
def plot_history(training_losses, validation_losses):
    figure, axes = plt.subplots()
    epochs = range(1, len(training_losses) + 1)
    axes.plot(epochs, training_losses, label="training")
    axes.plot(epochs, validation_losses, label="validation")
    axes.legend()
    return figure

# %% wrong: two pairs of axes -> unnamed cell="plot-history-drawn"
def plot_history(training_losses, validation_losses):
    figure, both = plt.subplots(2)
    epochs = range(1, len(training_losses) + 1)
    both[0].plot(epochs, training_losses, label="training")
    both[1].plot(epochs, validation_losses, label="validation")
    return figure

# %% wrong: the axes returned -> unnamed cell="plot-history-drawn"
def plot_history(training_losses, validation_losses):
    figure, axes = plt.subplots()
    epochs = range(1, len(training_losses) + 1)
    axes.plot(epochs, training_losses, label="training")
    axes.plot(epochs, validation_losses, label="validation")
    return axes

# %% wrong: as many epochs as in the example -> unnamed cell="plot-history-drawn"
def plot_history(training_losses, validation_losses):
    figure, axes = plt.subplots()
    axes.plot([1, 2, 3], training_losses, label="training")
    axes.plot([1, 2, 3], validation_losses, label="validation")
    axes.set_xlabel("epoch")
    axes.set_ylabel("loss")
    axes.legend()
    return figure

# %% wrong: shown first, and then the current figure, which is a new one -> unnamed cell="plot-history-drawn"
def plot_history(training_losses, validation_losses):
    epochs = range(1, len(training_losses) + 1)
    plt.plot(epochs, training_losses, label="training")
    plt.plot(epochs, validation_losses, label="validation")
    plt.xlabel("epoch")
    plt.ylabel("loss")
    plt.legend()
    plt.show()
    return plt.gcf()
