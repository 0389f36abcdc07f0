"""In which coordinate system a layer is: declared, in the file, told by the numbers or by the place."""
