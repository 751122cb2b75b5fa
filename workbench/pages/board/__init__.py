"""The managers' board: figures of all practices one sees, and the list behind each figure."""
