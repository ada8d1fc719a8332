"""An uploaded .onnx file: its weights stripped, its constants, its operations by family, and the graph they make."""
