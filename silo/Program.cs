Console.Error.WriteLine("The silo's composition is not built yet.");
return 1;
