#!/bin/bash
echo "day {{ ds }}"
