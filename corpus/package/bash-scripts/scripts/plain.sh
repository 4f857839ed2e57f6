#!/bin/bash
echo "plain $1"
